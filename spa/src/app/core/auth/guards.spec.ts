import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { keepSignIn, setUpTest } from '../../testing';
import { needsSetUp, setUpOnce, signedIn } from './guards';

@Component({ template: '' })
class Page {}

const ROUTES = [
  { path: 'login', component: Page, canActivate: [needsSetUp] },
  { path: 'setup', component: Page },
  { path: 'first', component: Page, canActivate: [setUpOnce] },
  { path: '', pathMatch: 'full' as const, component: Page },
  { path: 'item/:id', component: Page, canActivate: [signedIn] },
];

async function open(answer: (backend: ReturnType<typeof setUpTest>) => void, path: string): Promise<string> {
  const backend = setUpTest(ROUTES);
  const opened = RouterTestingHarness.create(path);
  await vi.waitFor(() => answer(backend));
  await opened;
  return TestBed.inject(Router).url;
}

describe('guards', () => {
  it('lead to the sign-in page, remembering the way back', async () => {
    const answer = (backend: ReturnType<typeof setUpTest>) =>
      backend.expectOne((r) => r.url.endsWith('/auth/setup')).flush({ needed: false });
    expect(await open(answer, '/item/7')).toBe('/login?back=%2Fitem%2F7');
  });

  it('lead to the set-up page while there is no administrator', async () => {
    const answer = (backend: ReturnType<typeof setUpTest>) =>
      backend.expectOne((r) => r.url.endsWith('/auth/setup')).flush({ needed: true });
    expect(await open(answer, '/item/7')).toBe('/setup');
  });

  it('lead away from the set-up page when there is an administrator', async () => {
    const told = (needed: boolean) => (backend: ReturnType<typeof setUpTest>) =>
      backend.expectOne((r) => r.url.endsWith('/auth/setup')).flush({ needed });
    expect(await open(told(false), '/first')).toBe('/');
    TestBed.resetTestingModule();
    expect(await open(told(true), '/first')).toBe('/first');
  });

  it('show the sign-in page when the gateway cannot say', async () => {
    const answer = (backend: ReturnType<typeof setUpTest>) =>
      backend.expectOne((r) => r.url.endsWith('/auth/setup')).error(new ProgressEvent('error'));
    expect(await open(answer, '/login')).toBe('/login');
  });

  it('let pass whoever is signed in', async () => {
    setUpTest(ROUTES);
    keepSignIn();
    await RouterTestingHarness.create('/item/7');
    expect(TestBed.inject(Router).url).toBe('/item/7');
  });
});
