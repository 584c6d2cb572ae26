import { HttpClient } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Observable, map, tap } from 'rxjs';
import { Gateway } from '../services/gateway';
import { Storage } from '../services/storage';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
}

interface Kept {
  readonly token: string;
  readonly user: User;
}

interface AuthenticationResult {
  readonly AccessToken: string;
  readonly User: {
    readonly Id: string;
    readonly Name: string;
    readonly Policy?: { readonly IsAdministrator?: boolean };
  };
}

/** Who is signed in on this browser, and the token that says so. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly http = inject(HttpClient);
  private readonly gateway = inject(Gateway);
  private readonly storage = inject(Storage);
  private readonly router = inject(Router);
  private readonly kept = signal<Kept | null>(parse(this.storage.get('session')));

  readonly user = computed(() => this.kept()?.user ?? null);
  readonly token = computed(() => this.kept()?.token ?? null);

  signIn(username: string, password: string): Observable<User> {
    const body = { Username: username, Pw: password };
    return this.http.post<AuthenticationResult>(this.gateway.emby('Users/AuthenticateByName'), body).pipe(
      tap((result) => this.keep(result)),
      map((result) => userOf(result)),
    );
  }

  signOut(): void {
    this.http
      .post(this.gateway.emby('Sessions/Logout'), null, { responseType: 'text' })
      .subscribe({ error: () => undefined });
    this.forget();
  }

  /** For when the gateway does not know the token any more. */
  forget(): void {
    this.storage.remove('session');
    this.kept.set(null);
    void this.router.navigate(['/login']);
  }

  private keep(result: AuthenticationResult): void {
    const kept = { token: result.AccessToken, user: userOf(result) };
    this.storage.set('session', JSON.stringify(kept));
    this.kept.set(kept);
  }
}

function userOf(result: AuthenticationResult): User {
  return {
    id: result.User.Id,
    name: result.User.Name,
    isAdmin: result.User.Policy?.IsAdministrator === true,
  };
}

function parse(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Kept> | null;
    return typeof kept?.token === 'string' && typeof kept.user?.id === 'string' ? (kept as Kept) : null;
  } catch {
    return null;
  }
}
