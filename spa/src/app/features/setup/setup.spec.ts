import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { keepSignIn, setUpTest, type } from '../../testing';
import { AddServer } from './add-server';
import { SetUp } from './set-up';

describe('SetUp', () => {
  it('makes the first administrator, signs in and goes on to the servers', async () => {
    const backend = setUpTest();
    const go = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    const fixture = TestBed.createComponent(SetUp);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    type(root, '[formControlName=code]', ' 1234 ');
    type(root, '[formControlName=username]', 'root');
    type(root, '[formControlName=password]', 'long enough');

    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    const made = backend.expectOne((r) => r.url.endsWith('/auth/setup'));
    expect(made.request.body).toEqual({ code: '1234', username: 'root', password: 'long enough' });
    made.flush('');
    backend
      .expectOne((r) => r.url.endsWith('AuthenticateByName'))
      .flush({ AccessToken: 't', User: { Id: '1', Name: 'root' } });

    expect(go).toHaveBeenCalledWith('/servers/new');
  });

  it('tells a wrong code', async () => {
    const backend = setUpTest();
    const fixture = TestBed.createComponent(SetUp);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    type(root, '[formControlName=code]', 'x');
    type(root, '[formControlName=username]', 'root');
    type(root, '[formControlName=password]', 'long enough');
    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    backend
      .expectOne((r) => r.url.endsWith('/auth/setup'))
      .flush('', { status: 403, statusText: 'Forbidden' });
    await fixture.whenStable();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('not the set-up code');
  });
});

describe('AddServer', () => {
  async function page() {
    const backend = setUpTest();
    keepSignIn(true);
    const fixture = TestBed.createComponent(AddServer);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    const fill = (url: string) => {
      type(root, '[formControlName=name]', 'A');
      type(root, '[formControlName=url]', url);
      type(root, '[formControlName=username]', 'u');
      type(root, '[formControlName=password]', 'p');
    };
    return { backend, fixture, root, fill };
  }

  it('shows each step of a test, then adds the server', async () => {
    const { backend, fixture, root, fill } = await page();
    fill('http://a');
    root.querySelector<HTMLButtonElement>('button[type=button]')?.click();
    backend
      .expectOne((r) => r.url.endsWith('/admin/servers/test'))
      .flush({ ok: false, steps: [{ name: 'login', ok: false, ms: 12, detail: 'refused' }] });
    await fixture.whenStable();
    expect(root.querySelector('.error')?.textContent).toMatch(
      /The test failed\.[\s\S]*✗ login[\s\S]*12 ms[\s\S]*refused/,
    );

    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    const add = backend.expectOne((r) => r.method === 'POST' && r.url.endsWith('/admin/servers'));
    expect(add.request.body).toEqual({ name: 'A', url: 'http://a', username: 'u', password: 'p' });
    add.flush({});
    await fixture.whenStable();
    expect(root.querySelector('[role=status]')?.textContent).toContain('A is connected');
  });

  it('does not send what is no address', async () => {
    const { backend, fixture, root, fill } = await page();
    fill('a.example');
    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
    backend.verify();
    expect(root.textContent).toContain('Begins with http');
  });
});
