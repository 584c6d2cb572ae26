import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Routes, withComponentInputBinding } from '@angular/router';
import { identity } from './core/interceptors/identity';
import { signedOut } from './core/interceptors/signed-out';

/** The app's own wiring with an HTTP backend that the test answers for. */
export function setUpTest(routes: Routes = []): HttpTestingController {
  localStorage.clear();
  localStorage.setItem('gateway.language', 'en-US');
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      provideHttpClient(withInterceptors([identity, signedOut])),
      provideHttpClientTesting(),
      provideRouter(routes, withComponentInputBinding()),
    ],
  });
  return TestBed.inject(HttpTestingController);
}

export function keepSignIn(isAdmin = false): void {
  const user = { id: 'u1', name: 'Alice', isAdmin };
  localStorage.setItem('gateway.session', JSON.stringify({ token: 'token-1', user }));
}

/** Types into a field as a person does. */
export function type(root: HTMLElement, selector: string, text: string): void {
  const field = root.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error('no ' + selector);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
