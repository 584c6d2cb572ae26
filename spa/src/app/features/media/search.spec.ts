import { TestBed } from '@angular/core/testing';
import { keepSignIn, setUpTest, type } from '../../testing';
import { detailOf } from '../../shared/components/poster-card';
import { Search } from './search';

const HEAT = { Id: '1', Name: 'Heat', Type: 'Movie', ProductionYear: 1995, ImageTags: { Primary: 'x' } };

async function page() {
  const backend = setUpTest();
  keepSignIn(true);
  const fixture = TestBed.createComponent(Search);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  backend.expectOne((r) => r.url.endsWith('/Items/Resume')).flush({ Items: [], TotalRecordCount: 0 });
  const asked = () => vi.waitFor(() => backend.expectOne((r) => r.url.endsWith('/Users/u1/Items')));
  return { backend, fixture, root, asked };
}

describe('Search', () => {
  it('shows what is new before anything is typed', async () => {
    const { fixture, root, asked } = await page();
    const call = await asked();
    expect(call.request.params.get('SortBy')).toBe('DateCreated');
    call.flush({ Items: [HEAT], TotalRecordCount: 1 });
    await fixture.whenStable();

    expect(root.querySelector('h2')?.textContent).toBe('Recently added');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('/item/1');
    expect(root.querySelector('img')?.src).toContain('/emby/Items/1/Images/Primary');
  });

  it('asks once when the typing pauses, and shows type and year', async () => {
    const { fixture, root, asked, backend } = await page();
    (await asked()).flush({ Items: [], TotalRecordCount: 0 });

    type(root, 'input', 'he');
    type(root, 'input', 'heat');
    const call = await asked();
    expect(call.request.params.get('SearchTerm')).toBe('heat');
    call.flush({ Items: [HEAT], TotalRecordCount: 1 });
    await fixture.whenStable();

    backend.verify();
    expect(root.querySelector('[role=status]')?.textContent).toBe('1 title for “heat”');
    expect(root.querySelector('gw-poster-card')?.textContent).toContain('Movie · 1995');
  });

  it('offers a retry after a failure, and succeeds', async () => {
    const { fixture, root, asked } = await page();
    (await asked()).flush('', { status: 502, statusText: 'Bad Gateway' });
    await fixture.whenStable();
    root.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    (await asked()).flush({ Items: [HEAT], TotalRecordCount: 1 });
    await fixture.whenStable();
    expect(root.querySelectorAll('gw-poster-card').length).toBe(1);
  });

  it('sends an administrator of an empty gateway to add a server', async () => {
    const { fixture, root, asked } = await page();
    (await asked()).flush({ Items: [], TotalRecordCount: 0 });
    await fixture.whenStable();
    expect(root.querySelector('.empty a')?.getAttribute('href')).toBe('/servers/new');
  });
});

describe('detailOf', () => {
  it('numbers an episode', () => {
    const episode = {
      Id: '2',
      Name: 'Pilot',
      Type: 'Episode',
      SeriesName: 'S',
      ParentIndexNumber: 1,
      IndexNumber: 3,
    };
    expect(detailOf(episode, 'Episode')).toBe('S1:E3 · Pilot');
  });
});
