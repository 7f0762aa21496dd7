import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { INSTANCE_STATES } from '../api/types';
import { usePreferences } from '../app/preferences';
import { translate } from '../i18n/text';
import { StateTag } from './StateTag';

describe('the state tag', () => {
  it.each(INSTANCE_STATES)('draws %s with an icon and a word in both languages', (state) => {
    for (const language of ['en', 'zh'] as const) {
      usePreferences.setState({ language });
      const { container, unmount } = render(<StateTag state={state} />);
      expect(screen.getByText(translate(language, `state.${state}`))).toBeDefined();
      expect(container.querySelector('.anticon')).not.toBeNull();
      unmount();
    }
  });

  it('shows how far a running instance is', () => {
    usePreferences.setState({ language: 'en' });
    const { container } = render(<StateTag state="RUNNING" progress={0.429} />);
    expect(container.textContent).toContain('Running 42 %');
  });

  it('does not show the progress of anything else', () => {
    usePreferences.setState({ language: 'en' });
    const { container } = render(<StateTag state="SUCCESS" progress={0.4} />);
    expect(container.textContent).toBe('Succeeded');
  });

  it('adds frozen and dry-run as words, not by colour alone', () => {
    usePreferences.setState({ language: 'en' });
    const { container } = render(<StateTag state="WAIT_TIME" frozen dryRun />);
    expect(container.textContent).toBe('Waiting for time · dry-runFrozen');
    expect(container.querySelector('.state-dry-run')).not.toBeNull();
  });
});
