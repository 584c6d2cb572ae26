import { Injectable } from '@angular/core';

/** Addresses of the gateway that serves this page, which may stand under a path of its own. */
@Injectable({ providedIn: 'root' })
export class Gateway {
  private readonly root = new URL('../', document.baseURI);

  /** For our own REST: `/auth/setup`. */
  url(path: string): string {
    return new URL(path.replace(/^\//, ''), this.root).href;
  }

  /** For the Emby protocol: `/Items/1` and `/emby/Items/1` lead to the same place. */
  emby(path: string): string {
    return this.url('emby/' + path.replace(/^\/?(emby\/)?/i, ''));
  }

  isOwn(url: string): boolean {
    return new URL(url, document.baseURI).origin === this.root.origin;
  }
}
