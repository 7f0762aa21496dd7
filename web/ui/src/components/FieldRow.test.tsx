import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../api/problem';
import { diagnosticsOf } from './CodeEditor';
import { FieldRow } from './FieldRow';
import { findingsAt, FindingsProvider } from './findings';
import { pathOfPointer, pointerOfPath, rangeOfPointer } from './scriptText';

const finding = (field: string, message: string, severity: Finding['severity'] = 'ERROR'): Finding => ({ field, message, severity, cure: 'Do this.' });

describe('findings at their field', () => {
  const findings = [
    finding('/code/steps/0/parameter/topic', 'no topic'),
    finding('/steps/0/parameter/topic', 'also no topic'),
    finding('/parameters/0/expression', 'bad expression'),
    finding('/parameters/10/expression', 'another'),
    finding('/schedule', 'never runs', 'WARNING'),
  ];

  it('stand where their pointer says, with or without the code in front', () => {
    render(
      <FindingsProvider value={findings}>
        <FieldRow label="Topic" pointer="/steps/0/parameter/topic">
          <input />
        </FieldRow>
      </FindingsProvider>,
    );
    expect(screen.getByRole('group', { name: 'Topic' }).className).toContain('field-row-error');
    expect(screen.getAllByRole('alert').map((e) => e.textContent)).toEqual(['no topic Do this.', 'also no topic Do this.']);
  });

  it('of a part belong to the whole only where it asks for them', () => {
    expect(findingsAt(findings, '/parameters/0')).toEqual([]);
    expect(findingsAt(findings, '/parameters/0', true)).toHaveLength(1);
    expect(findingsAt(findings, '/parameters/1', true)).toEqual([]);
  });

  it('that only warn do not mark the field as wrong', () => {
    render(
      <FindingsProvider value={findings}>
        <FieldRow label="Schedule" pointer="/schedule">
          <input />
        </FieldRow>
      </FindingsProvider>,
    );
    expect(screen.getByRole('group', { name: 'Schedule' }).className).not.toContain('field-row-error');
    expect(screen.getByRole('alert').textContent).toContain('never runs');
  });
});

describe('findings in the script', () => {
  const text = '{\n  "steps": [{"parameter": {"topic": "orders"}}]\n}';

  it('are drawn at the value they are about', () => {
    const [diagnostic] = diagnosticsOf(text, [finding('/code/steps/0/parameter/topic', 'no topic')]);
    expect(text.slice(diagnostic!.from, diagnostic!.to)).toBe('"orders"');
    expect(diagnostic!.severity).toBe('error');
  });

  it('about a missing value are drawn at its parent', () => {
    const range = rangeOfPointer(text, '/steps/0/parameter/table')!;
    expect(text.slice(range.from)).toMatch(/^\{"topic"/);
  });

  it('leave out what stands elsewhere', () => {
    expect(diagnosticsOf(text, [finding('/parameters/0/expression', 'x')])).toEqual([]);
  });

  it('yield to a syntax error', () => {
    expect(diagnosticsOf('{"steps": ', [finding('/steps', 'x')])).toHaveLength(1);
  });

  it('use pointers with escaped keys', () => {
    const path = ['kafkaConfig', 'a/b~c', 0];
    expect(pathOfPointer(pointerOfPath(path))).toEqual(path);
  });
});
