import { Injectable } from '@angular/core';

/** Small texts that outlive a reload; where the browser forbids that, they live as long as the page. */
@Injectable({ providedIn: 'root' })
export class Storage {
  private readonly memory = new Map<string, string>();

  get(key: string): string | null {
    try {
      return localStorage.getItem('gateway.' + key);
    } catch {
      return this.memory.get(key) ?? null;
    }
  }

  set(key: string, value: string): void {
    try {
      localStorage.setItem('gateway.' + key, value);
    } catch {
      this.memory.set(key, value);
    }
  }

  remove(key: string): void {
    try {
      localStorage.removeItem('gateway.' + key);
    } catch {
      this.memory.delete(key);
    }
  }
}
