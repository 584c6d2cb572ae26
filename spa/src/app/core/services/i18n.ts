import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import english from '../../../../public/strings/en-US.json';
import chinese from '../../../../public/strings/zh-CN.json';
import { Storage } from './storage';

export type Key = keyof typeof english;
export type Language = 'en-US' | 'zh-CN';

const WORDS: Record<Language, Record<Key, string>> = { 'en-US': english, 'zh-CN': chinese };

/** The words of the page in the reader's language. */
@Injectable({ providedIn: 'root' })
export class I18n {
  private readonly storage = inject(Storage);
  private readonly document = inject(DOCUMENT);
  readonly language = signal<Language>(
    chosen(this.storage.get('language')) ?? preferred(navigator.languages ?? []),
  );

  constructor() {
    effect(() => (this.document.documentElement.lang = this.language()));
  }

  /** Reads a signal: a template that uses it follows the language. */
  readonly t = (key: Key, values: Record<string, string | number> = {}): string =>
    WORDS[this.language()][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

  /** The word for an Emby item type; types without one keep their own. */
  readonly type = (type: string): string => (isKey(type) ? this.t(type) : type);

  toggle(): void {
    this.language.update((language) => (language === 'en-US' ? 'zh-CN' : 'en-US'));
    this.storage.set('language', this.language());
  }
}

export function preferred(languages: readonly string[]): Language {
  const first = languages.find((language) => /^(en|zh)\b/i.test(language));
  return first?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
}

function chosen(language: string | null): Language | undefined {
  return language === 'en-US' || language === 'zh-CN' ? language : undefined;
}

function isKey(text: string): text is Key {
  return Object.hasOwn(english, text);
}
