import { TestBed } from '@angular/core/testing';
import { keepSignIn, setUpTest } from '../../testing';
import { deviceProfile } from './device-profile';
import { choose, Player, streamOf } from './player';

const DIRECT = {
  Id: 'mediasource_1',
  SupportsDirectPlay: true,
  DirectStreamUrl: '/videos/7/original.mp4?x=1',
};

describe('Player', () => {
  it('plays the address the gateway gives and reports start and stop', async () => {
    const backend = setUpTest();
    keepSignIn();
    const fixture = TestBed.createComponent(Player);
    fixture.componentRef.setInput('id', '7');
    fixture.componentRef.setInput('source', 'mediasource_1');
    await fixture.whenStable();

    const info = backend.expectOne((r) => r.url.endsWith('/emby/Items/7/PlaybackInfo'));
    expect(info.request.params.get('MediaSourceId')).toBe('mediasource_1');
    info.flush({ MediaSources: [DIRECT], PlaySessionId: 's' });
    const start = await vi.waitFor(() => backend.expectOne((r) => r.url.endsWith('/emby/Sessions/Playing')));

    const video = (fixture.nativeElement as HTMLElement).querySelector('video');
    expect(video?.src).toMatch(/\/emby\/videos\/7\/original\.mp4\?x=1&api_key=token-1$/);
    expect(start.request.body).toMatchObject({
      ItemId: '7',
      MediaSourceId: 'mediasource_1',
      PlaySessionId: 's',
    });
    fixture.destroy();
    const stop = backend.expectOne((r) => r.url.endsWith('/emby/Sessions/Playing/Stopped'));
    expect(stop.request.body).toMatchObject({ ItemId: '7', PositionTicks: 0 });
  });

  it('says so when nothing can be played', async () => {
    const backend = setUpTest();
    keepSignIn();
    const fixture = TestBed.createComponent(Player);
    fixture.componentRef.setInput('id', '7');
    await fixture.whenStable();
    backend.expectOne((r) => r.url.endsWith('PlaybackInfo')).flush({ MediaSources: [] });
    await vi.waitFor(() =>
      expect(fixture.nativeElement.textContent).toContain('No server can play this title'),
    );
  });

  it('prefers the file to a transcode, and the version asked for', () => {
    expect(streamOf({ ...DIRECT, TranscodingUrl: '/videos/7/master.m3u8' })?.isHls).toBe(false);
    expect(streamOf({ Id: 'a', TranscodingUrl: '/videos/7/master.m3u8?x=1' })).toEqual({
      url: '/videos/7/master.m3u8?x=1',
      isHls: true,
    });
    expect(streamOf({ Id: 'a' })).toBeNull();
    expect(choose([{ Id: 'a' }, { Id: 'b' }], 'b')?.Id).toBe('b');
    expect(choose([{ Id: 'a' }, { Id: 'b' }], 'gone')?.Id).toBe('a');
  });

  it('asks for what the browser plays', () => {
    const profile = JSON.stringify(deviceProfile((mime) => /avc1|mp4a/.test(mime)));
    expect(profile).toContain('"VideoCodec":"h264","AudioCodec":"aac"');
    expect(profile).not.toContain('hevc');
  });
});
