import { TestBed } from '@angular/core/testing';
import english from '../../../../public/strings/en-US.json';
import chinese from '../../../../public/strings/zh-CN.json';
import { setUpTest } from '../../testing';
import { I18n, preferred } from './i18n';

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('I18n', () => {
  it('has every text, with the same values in it, in both languages', () => {
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english)) {
      expect(holes(chinese[key as keyof typeof chinese]), key).toEqual(holes(text));
    }
  });

  it('follows the browser', () => {
    expect(preferred(['de-DE', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
    expect(preferred(['en-GB', 'zh'])).toBe('en-US');
    expect(preferred(['de'])).toBe('en-US');
  });

  it('fills in values and keeps the language chosen', () => {
    setUpTest();
    const i18n = TestBed.inject(I18n);
    expect(i18n.t('results', { count: 2, query: 'x' })).toBe('2 titles for “x”');
    expect(i18n.type('Movie')).toBe('Movie');
    expect(i18n.type('MusicAlbum')).toBe('MusicAlbum');

    i18n.toggle();

    expect(i18n.t('results', { count: 2, query: 'x' })).toBe('“x”：2 个结果');
    expect(i18n.type('Movie')).toBe('电影');
    expect(localStorage.getItem('gateway.language')).toBe('zh-CN');
    TestBed.tick();
    expect(document.documentElement.lang).toBe('zh-CN');
  });
});
