import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { setUpTest, type } from '../../testing';
import { ownPath, SignIn } from './sign-in';

async function page(back?: string) {
  const backend = setUpTest();
  const go = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
  const fixture = TestBed.createComponent(SignIn);
  fixture.componentRef.setInput('back', back);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const submit = async (answer: { status: number; body?: object; headers?: Record<string, string> }) => {
    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    const call = backend.expectOne((r) => r.url.endsWith('AuthenticateByName'));
    call.flush(answer.body ?? {}, { status: answer.status, statusText: 'x', headers: answer.headers });
    await fixture.whenStable();
    return root.querySelector('[role=alert]')?.textContent;
  };
  return { backend, fixture, root, go, submit };
}

describe('SignIn', () => {
  it('leads back after signing in', async () => {
    const { root, go, submit } = await page('/item/7');
    type(root, '[formControlName=username]', ' alice ');
    await submit({ status: 200, body: { AccessToken: 't', User: { Id: '1', Name: 'alice' } } });
    expect(go).toHaveBeenCalledWith('/item/7');
  });

  it('tells a wrong password from a lock', async () => {
    const { root, submit } = await page();
    type(root, '[formControlName=username]', 'alice');
    expect(await submit({ status: 401 })).toContain('Wrong name or password');
    expect(await submit({ status: 429, headers: { 'Retry-After': '300' } })).toContain('in 5 min');
    expect(await submit({ status: 500 })).toContain('did not work');
  });

  it('asks for a name before it asks the gateway', async () => {
    const { backend, fixture, root } = await page();
    root.querySelector('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
    backend.verify();
    expect(root.textContent).toContain('Needed.');
  });

  it('leads to paths of its own only', () => {
    expect(ownPath('/item/1')).toBe('/item/1');
    for (const other of ['//evil.example', 'https://evil.example', '/\\evil.example', undefined, '']) {
      expect(ownPath(other)).toBe('/');
    }
  });
});
