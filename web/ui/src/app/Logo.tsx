export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="6" fill="#12385f" />
      <path d="M4 20c3-4 6-4 8 0s5 4 8 0 5-4 8 0" fill="none" stroke="#4aa3ff" strokeWidth="3" strokeLinecap="round" />
      <path d="M16 5v9" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
