import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { Session } from '../../core/auth/session';
import { keepSignIn, setUpTest } from '../../testing';
import { ItemPage } from './item';

async function page(item: object) {
  const backend = setUpTest();
  keepSignIn();
  const fixture = TestBed.createComponent(ItemPage);
  fixture.componentRef.setInput('id', '7');
  fixture.detectChanges();
  backend.expectOne((r) => r.url.endsWith('/emby/Users/u1/Items/7')).flush(item);
  await fixture.whenStable();
  return { backend, fixture, root: fixture.nativeElement as HTMLElement };
}

describe('ItemPage', () => {
  it('plays the first version, from where one stopped', async () => {
    const { root } = await page({
      Id: '7',
      Name: 'Heat',
      Type: 'Movie',
      ProductionYear: 1995,
      RunTimeTicks: 102_000_000_000,
      UserData: { PlaybackPositionTicks: 25_300_000_000 },
      MediaSources: [
        { Id: 'mediasource_1', Name: '2160p' },
        { Id: 'mediasource_2', Name: '1080p' },
      ],
    });
    const links = [...root.querySelectorAll('.actions a')].map((a) => [
      a.textContent?.trim(),
      a.getAttribute('href'),
    ]);
    expect(links).toEqual([
      ['Resume at 42:10', '/play/7?source=mediasource_1&t=25300000000'],
      ['Play from the start', '/play/7?source=mediasource_1'],
    ]);
    expect(root.textContent).toContain('Movie · 1995 · 170 min');
  });

  it('lists the episodes of a series, which itself is not played', async () => {
    const { backend, fixture, root } = await page({ Id: '7', Name: 'Lost', Type: 'Series' });
    backend
      .expectOne((r) => r.url.endsWith('/emby/Shows/7/Episodes'))
      .flush({ Items: [{ Id: '9', Name: 'Pilot', Type: 'Episode', ParentIndexNumber: 1, IndexNumber: 1 }] });
    await fixture.whenStable();
    expect(root.querySelector('ol a')?.getAttribute('href')).toBe('/item/9');
    expect(root.querySelector('.actions a')).toBeNull();
  });

  it('asks for nothing while one signs out', async () => {
    const { backend, fixture } = await page({ Id: '7', Name: 'Heat', Type: 'Movie' });
    vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    TestBed.inject(Session).signOut();
    await fixture.whenStable();
    backend.expectOne((r) => r.url.endsWith('/Sessions/Logout'));
    backend.expectNone((r) => r.url.includes('/Items/'));
  });
});
