import { Clock, minutesOf } from './clock';

describe('Clock', () => {
  it('shows ticks as people read them', () => {
    const clock = new Clock();
    expect(clock.transform(0)).toBe('0:00');
    expect(clock.transform(25_300_000_000)).toBe('42:10');
    expect(clock.transform(37_230_000_000)).toBe('1:02:03');
    expect(minutesOf(1)).toBe(1);
  });
});
