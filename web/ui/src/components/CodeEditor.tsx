import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Finding } from '../api/problem';
import { parseScript, rangeOfPointer } from './scriptText';
import { normalPointer } from './findings';

interface Props {
  value: string;
  label: string;
  language: 'json' | 'text';
  findings: Finding[];
  onChange: (value: string) => void;
}

// Colours come from the theme's variables, so that light and dark need no second set.
const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--tg-code-key)' },
  { tag: tags.string, color: 'var(--tg-code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--tg-code-number)' },
]);

/** Errors of the text itself, then what the checks found, each at its place. */
export function diagnosticsOf(text: string, findings: Finding[]): Diagnostic[] {
  const parsed = parseScript(text);
  if (!parsed.ok) {
    const from = Math.min(parsed.error.offset, text.length);
    return [{ from, to: Math.min(from + 1, text.length), severity: 'error', message: parsed.error.reason }];
  }
  return findings.flatMap((finding): Diagnostic[] => {
    const pointer = normalPointer(finding.field);
    if (!pointer.startsWith('/steps') && !pointer.startsWith('/setting') && !pointer.startsWith('/order') && pointer !== '/code') return [];
    const range = rangeOfPointer(text, pointer === '/code' ? '' : pointer);
    if (!range) return [];
    return [{ ...range, severity: finding.severity === 'ERROR' ? 'error' : 'warning', message: `${finding.message} ${finding.cure}`.trim() }];
  });
}

/** A text editor that keeps whatever is typed, right or wrong. */
export function CodeEditor({ value, label, language, findings, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const initial = useEffectEvent(() => value);

  useEffect(() => {
    if (!host.current) return undefined;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          syntaxHighlighting(highlighting),
          keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
          language === 'json' ? [json(), lintGutter()] : [],
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [language, label]);

  // The text may change from outside, as when an old version is put back.
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  // Marks follow the typing at a distance, so that a half-typed word is not yet an error.
  useEffect(() => {
    if (language !== 'json') return undefined;
    const timer = setTimeout(() => {
      const editor = view.current;
      if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc.toString(), findings)));
    }, 300);
    return () => clearTimeout(timer);
  }, [findings, language, value]);

  return <div ref={host} className="code-editor" />;
}
