import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Gateway } from './gateway';

/** A real server to be added, with the account the gateway uses there. */
export interface ServerDraft {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** How a server stood its test; a step that failed is an answer, not an error. */
export interface ServerTest {
  readonly ok: boolean;
  readonly steps?: readonly TestStep[];
}

export interface TestStep {
  readonly name: string;
  readonly ok: boolean;
  readonly ms?: number;
  readonly detail?: string;
}

/** The gateway's own REST for what Emby has no word for. */
@Injectable({ providedIn: 'root' })
export class Administration {
  private readonly http = inject(HttpClient);
  private readonly gateway = inject(Gateway);

  /** Whether there is no administrator yet. */
  needsSetUp(): Observable<boolean> {
    return this.http
      .get<{ needed: boolean }>(this.gateway.url('auth/setup'))
      .pipe(map(({ needed }) => needed));
  }

  setUp(code: string, username: string, password: string): Observable<unknown> {
    return this.http.post(
      this.gateway.url('auth/setup'),
      { code, username, password },
      { responseType: 'text' },
    );
  }

  testServer(draft: ServerDraft): Observable<ServerTest> {
    return this.http.post<ServerTest>(this.gateway.url('admin/servers/test'), draft);
  }

  addServer(draft: ServerDraft): Observable<unknown> {
    return this.http.post(this.gateway.url('admin/servers'), draft);
  }
}
