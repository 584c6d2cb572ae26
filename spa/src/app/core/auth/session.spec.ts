import { HttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { keepSignIn, setUpTest } from '../../testing';
import { Session } from './session';

const ANSWER = { AccessToken: 'token-2', User: { Id: 'u2', Name: 'Bob', Policy: { IsAdministrator: true } } };

describe('Session', () => {
  it('signs in by the Emby protocol, with the identity in the headers', () => {
    const backend = setUpTest();
    const session = TestBed.inject(Session);

    session.signIn('Bob', 'pw').subscribe();
    const { request } = backend.expectOne((r) => r.url.endsWith('/emby/Users/AuthenticateByName'));

    expect(request.method).toBe('POST');
    expect(request.body).toEqual({ Username: 'Bob', Pw: 'pw' });
    expect(request.headers.get('X-Emby-Client')).toBe('Emby Gateway Web');
    expect(request.headers.get('X-Emby-Device-Id')).toMatch(/^[0-9a-f]{32}$/);
    expect(request.headers.has('X-Emby-Token')).toBe(false);
  });

  it('keeps the sign-in over a reload and sends its token', () => {
    const backend = setUpTest();
    TestBed.inject(Session).signIn('Bob', 'pw').subscribe();
    backend.expectOne((r) => r.url.endsWith('AuthenticateByName')).flush(ANSWER);

    expect(TestBed.inject(Session).user()).toEqual({ id: 'u2', name: 'Bob', isAdmin: true });
    expect(localStorage.getItem('gateway.session')).toContain('token-2');
    TestBed.inject(HttpClient).get('/emby/System/Info').subscribe();
    expect(backend.expectOne('/emby/System/Info').request.headers.get('X-Emby-Token')).toBe('token-2');
  });

  it('sends the token to nobody else', () => {
    const backend = setUpTest();
    keepSignIn();
    TestBed.inject(HttpClient).get('https://other.example/').subscribe();

    const { headers } = backend.expectOne('https://other.example/').request;
    expect(headers.has('X-Emby-Token')).toBe(false);
    expect(headers.has('X-Emby-Device-Id')).toBe(false);
  });

  it('revokes the token when signing out', () => {
    const backend = setUpTest();
    keepSignIn();
    const session = TestBed.inject(Session);
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);

    session.signOut();

    expect(navigate).toHaveBeenCalledWith(['/login']);

    const { request } = backend.expectOne((r) => r.url.endsWith('/emby/Sessions/Logout'));
    expect(request.headers.get('X-Emby-Token')).toBe('token-1');
    expect(session.user()).toBeNull();
    expect(localStorage.getItem('gateway.session')).toBeNull();
  });

  it('forgets a token that the gateway does not know, but stays after a 403', () => {
    const backend = setUpTest();
    keepSignIn();
    const session = TestBed.inject(Session);
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const get = () => {
      TestBed.inject(HttpClient)
        .get('/emby/x')
        .subscribe({ error: () => undefined });
      return backend.expectOne('/emby/x');
    };

    get().flush('', { status: 403, statusText: 'Forbidden' });
    expect(session.user()?.name).toBe('Alice');

    get().flush('', { status: 401, statusText: 'Unauthorized' });
    expect(session.user()).toBeNull();
    expect(navigate).toHaveBeenCalledWith(['/login']);
  });

  it('ignores what it cannot read in the storage', () => {
    setUpTest();
    localStorage.setItem('gateway.session', '{broken');
    expect(TestBed.inject(Session).user()).toBeNull();
  });
});
