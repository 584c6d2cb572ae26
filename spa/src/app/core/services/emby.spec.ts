import { TestBed } from '@angular/core/testing';
import { keepSignIn, setUpTest } from '../../testing';
import { browserName } from './device';
import { Emby } from './emby';
import { Gateway } from './gateway';

describe('Emby', () => {
  it('asks for titles of the signed-in user', () => {
    const backend = setUpTest();
    keepSignIn();
    let total = -1;

    TestBed.inject(Emby)
      .search('heat & dust')
      .subscribe((found) => (total = found.total));
    const call = backend.expectOne((r) => r.url.endsWith('/emby/Users/u1/Items'));
    call.flush({ Items: [{ Id: '1', Name: 'Heat and Dust', Type: 'Movie' }], TotalRecordCount: 1 });

    expect(call.request.params.get('SearchTerm')).toBe('heat & dust');
    expect(call.request.params.get('Recursive')).toBe('true');
    expect(total).toBe(1);
  });

  it('gives a media address the token, unless the server put one there', () => {
    setUpTest();
    keepSignIn();
    const emby = TestBed.inject(Emby);

    expect(emby.mediaUrl('/videos/1/original.mp4?MediaSourceId=m')).toMatch(
      /\/emby\/videos\/1\/original\.mp4\?MediaSourceId=m&api_key=token-1$/,
    );
    expect(emby.mediaUrl('/emby/videos/1/stream?api_key=other')).toMatch(
      /\/emby\/videos\/1\/stream\?api_key=other$/,
    );
  });

  it('shows a picture only where there is one, by its tag', () => {
    setUpTest();
    const emby = TestBed.inject(Emby);
    const item = { Id: '1', Name: 'Heat', Type: 'Movie' };

    expect(emby.image(item, 'Primary', 320)).toBeNull();
    expect(emby.image({ ...item, ImageTags: { Primary: 'a b' } }, 'Primary', 320)).toMatch(
      /\/emby\/Items\/1\/Images\/Primary\?maxWidth=320&quality=90&tag=a%20b$/,
    );
  });

  it('reports a position so that it outlives the page', () => {
    const backend = setUpTest();
    keepSignIn();
    const report = { ItemId: '1', MediaSourceId: 'm', PlaySessionId: 's', PositionTicks: 5, IsPaused: true };

    TestBed.inject(Emby).report('/Stopped', report).subscribe();
    const { request } = backend.expectOne((r) => r.url.endsWith('/emby/Sessions/Playing/Stopped'));

    expect(request.body).toEqual(report);
    expect(request.keepalive).toBe(true);
  });
});

describe('Gateway', () => {
  it('stands wherever the page was loaded from', () => {
    const base = document.createElement('base');
    base.href = 'https://media.example/behind/web/';
    document.head.append(base);
    try {
      setUpTest();
      expect(TestBed.inject(Gateway).url('/auth/setup')).toBe('https://media.example/behind/auth/setup');
      expect(TestBed.inject(Gateway).emby('/Items')).toBe('https://media.example/behind/emby/Items');
    } finally {
      base.remove();
    }
  });
});

describe('Device', () => {
  it('names the browser', () => {
    expect(browserName('Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36')).toBe('Chrome');
    expect(browserName('Mozilla/5.0 Chrome/140.0 Safari/537.36 Edg/140.0')).toBe('Edge');
    expect(browserName('Mozilla/5.0 (Macintosh) Version/18 Safari/605')).toBe('Safari');
    expect(browserName('curl')).toBe('Browser');
  });
});
