import { Pipe, PipeTransform } from '@angular/core';

const TICKS_PER_SECOND = 10_000_000;

/** Emby ticks (100 ns) as people read a position: `1:02:03`, `42:10`. */
@Pipe({ name: 'clock' })
export class Clock implements PipeTransform {
  transform(ticks: number): string {
    const seconds = Math.floor(ticks / TICKS_PER_SECOND);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const shown = parts[0] === 0 ? parts.slice(1) : parts;
    return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
  }
}

export function minutesOf(ticks: number): number {
  return Math.max(1, Math.round(ticks / TICKS_PER_SECOND / 60));
}
