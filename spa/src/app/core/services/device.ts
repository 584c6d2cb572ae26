import { Injectable } from '@angular/core';
import { Storage } from './storage';

/** Who this browser says it is: the same id for as long as its storage lives. */
@Injectable({ providedIn: 'root' })
export class Device {
  readonly id: string;

  constructor(storage: Storage) {
    this.id = storage.get('device') ?? newId();
    storage.set('device', this.id);
  }

  /** The identity every Emby client sends with every request. */
  headers(): Record<string, string> {
    return {
      'X-Emby-Client': 'Emby Gateway Web',
      'X-Emby-Device-Name': browserName(navigator.userAgent),
      'X-Emby-Device-Id': this.id,
      'X-Emby-Client-Version': '0.1.0',
    };
  }
}

/** `crypto.randomUUID` exists on https alone. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function browserName(userAgent: string): string {
  const known: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Browser';
}
