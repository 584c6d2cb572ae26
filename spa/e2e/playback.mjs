// A film in a real browser, before two servers that hold the same file: direct and as HLS, with seeks, other sounds and
// other subtitles; then the server that it comes from is killed, and it plays on.
//   GATEWAY=http://127.0.0.1:8080 ALPHA=http://127.0.0.1:8097 ALPHA_PID=1 BETA=http://127.0.0.1:8098 BETA_PID=2
//   FILM=clip.mp4 node e2e/playback.mjs
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inBrowser } from './browser.mjs';

const { GATEWAY, FILM } = process.env;
const servers = ['ALPHA', 'BETA'].map((name) => ({
  url: process.env[name],
  pid: Number(process.env[`${name}_PID`]),
}));
const DIRECT = { DirectPlayProfiles: [{ Type: 'Video', Container: 'mp4' }] };
const CONVERTED = {
  DirectPlayProfiles: [],
  TranscodingProfiles: [
    {
      Type: 'Video',
      Container: 'ts',
      Protocol: 'hls',
      Context: 'Streaming',
      VideoCodec: 'h264',
      AudioCodec: 'aac',
    },
  ],
};
const VTT = { SubtitleProfiles: [{ Format: 'vtt', Method: 'External' }] };

/** What the steps below use in the page. */
function equip() {
  const signedIn = async () => {
    const answer = await fetch('/emby/Users/AuthenticateByName', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Emby-Authorization': 'Emby Client="Playback", Device="Browser", DeviceId="playback", Version="1"',
      },
      body: JSON.stringify({ Username: 'demo', Pw: 'demo' }),
    });
    const { AccessToken, User } = await answer.json();
    return { token: AccessToken, user: User.Id };
  };
  const session = signedIn();
  const api = async (path, body) => {
    const { token } = await session;
    const answer = await fetch('/emby/' + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'X-Emby-Token': token, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return answer.json();
  };
  const absolute = (url) => '/emby' + url;

  const find = async (term) => {
    const { user } = await session;
    return (
      await api(
        `Users/${user}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=${term}&Fields=MediaSources`,
      )
    ).Items;
  };
  const negotiate = async (item, profile, options = {}) => {
    const { user } = await session;
    const query = new URLSearchParams({ UserId: user, IsPlayback: true, ...options });
    const info = await api(`Items/${item}/PlaybackInfo?${query}`, { DeviceProfile: profile });
    return info.MediaSources[0];
  };
  const video = () => {
    const element = document.createElement('video');
    document.body.append(element);
    return element;
  };
  const until = async (what, holds) => {
    for (let tries = 0; tries < 600; tries++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('not in time: ' + what);
  };
  const bufferedTo = (element) =>
    element.buffered.length ? element.buffered.end(element.buffered.length - 1) : 0;

  /** The loudest frequency of what a video says. */
  const pitch = (element) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 32768, smoothingTimeConstant: 0 });
    context.createMediaElementSource(element).connect(analyser).connect(context.destination);
    const levels = new Float32Array(analyser.frequencyBinCount);
    return () => {
      analyser.getFloatFrequencyData(levels);
      const loudest = levels.reduce((best, level, at) => (level > levels[best] ? at : best), 0);
      return levels[loudest] < -60 ? 0 : (loudest * context.sampleRate) / analyser.fftSize;
    };
  };

  const hls = (element, url, startPosition) => {
    const errorRetry = { maxNumRetry: 1, retryDelayMs: 200, maxRetryDelayMs: 400 };
    const policy = {
      default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 20_000, timeoutRetry: null, errorRetry },
    };
    const player = new Hls({
      startPosition,
      enableWorker: false,
      fragLoadPolicy: policy,
      maxBufferLength: 20,
    });
    player.loadSource(url);
    player.attachMedia(element);
    return player;
  };
  const sha256 = async (url) => {
    const digest = await crypto.subtle.digest('SHA-256', await (await fetch(url)).arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  Object.assign(globalThis, { find, negotiate, absolute, video, until, bufferedTo, pitch, hls, sha256 });
}

async function direct(page, item, profile) {
  await page.evaluate(
    async ([item, profile]) => {
      const source = await negotiate(item, profile);
      const film = video();
      for (const stream of source.MediaStreams.filter((s) => s.Type === 'Subtitle')) {
        const track = document.createElement('track');
        Object.assign(track, {
          kind: 'subtitles',
          srclang: stream.Language,
          src: absolute(stream.DeliveryUrl),
        });
        film.append(track);
      }
      film.src = absolute(source.DirectStreamUrl);
      await film.play();
      await until('it plays', () => film.currentTime > 1);
      film.currentTime = 100;
      await until('it plays on from where it was told to', () => film.currentTime > 101.5);
      const [english, german] = film.textTracks;
      const shown = (track) => Array.from(track.activeCues ?? [], (cue) => cue.text).join();
      english.mode = 'showing';
      await until('English is shown', () => /^Second \d+$/.test(shown(english)));
      english.mode = 'disabled';
      german.mode = 'showing';
      await until('German is shown', () => /^Sekunde \d+$/.test(shown(german)));
      film.currentTime = 20;
      await until('it goes back', () => film.currentTime > 20.5 && film.currentTime < 30);
      film.remove();
    },
    [item, profile],
  );
  console.log('✓ a browser plays a file, seeks, and shows subtitles in two languages');
}

async function converted(page, item, profile) {
  const [first, second] = await page.evaluate(
    async ([item, profile]) => {
      const film = video();
      const loudest = pitch(film);
      const heard = async (AudioStreamIndex, from) => {
        const source = await negotiate(item, profile, { AudioStreamIndex });
        const player = hls(film, absolute(source.TranscodingUrl), from);
        await film.play();
        await until('it plays', () => film.currentTime > from + 1.5 && loudest() > 0);
        film.currentTime = from + 60;
        await until('it plays on from where it was told to', () => film.currentTime > from + 62);
        const frequency = loudest();
        player.destroy();
        return frequency;
      };
      const tones = [await heard(1, 0), await heard(2, 40)];
      film.remove();
      return tones;
    },
    [item, profile],
  );
  assert.ok(
    Math.abs(second / first - 1.5) < 0.02,
    `the second sound is half as high again: ${first}, ${second}`,
  );
  console.log('✓ a browser plays HLS, seeks, and is given another sound');
}

const sent = async (server) => (await (await fetch(server.url + '/__state')).json()).BytesSent;

/** Plays one item as a file and another as HLS, kills the server that the file comes from, and watches both go on. */
async function survive(page, item, profiles) {
  const before = await Promise.all(servers.map(sent));
  const url = await page.evaluate(
    async ([item, profiles]) => {
      globalThis.file = video();
      const url = absolute((await negotiate(item, profiles.direct)).DirectStreamUrl);
      file.src = url;
      await file.play();
      await until('it plays', () => file.currentTime > 1);
      globalThis.wholeFile = sha256(url);
      return url;
    },
    [item, profiles],
  );
  const after = await Promise.all(servers.map(sent));
  const serving = after[0] - before[0] > after[1] - before[1] ? servers[0] : servers[1];
  await page.evaluate(
    async ([item, profiles]) => {
      globalThis.stream = video();
      stream.muted = true;
      globalThis.losses = 0;
      const open = async () => {
        const source = await negotiate(item, profiles.converted);
        const player = hls(stream, absolute(source.TranscodingUrl), stream.currentTime);
        player.on(Hls.Events.ERROR, (_event, { fatal }) => {
          if (fatal) {
            losses++;
            player.destroy();
            setTimeout(open, 500);
          }
        });
        await stream.play();
        stream.playbackRate = 4;
      };
      await open();
      await until('HLS plays', () => stream.currentTime > 4);
    },
    [item, profiles],
  );

  process.kill(serving.pid, 'SIGKILL');
  const killedAt = await page.evaluate(() => ({
    had: bufferedTo(file),
    duration: file.duration,
    file: file.currentTime,
    stream: stream.currentTime,
  }));
  assert.ok(killedAt.had < killedAt.duration - 5, 'the browser has not got everything yet');
  const whole = await page.evaluate(async (killedAt) => {
    await until('the file plays on', () => file.currentTime > killedAt.file + 5);
    await until('the rest of the file comes', () => bufferedTo(file) > killedAt.duration - 1);
    file.currentTime = killedAt.duration - 20;
    await until('the rest plays', () => file.currentTime > killedAt.duration - 18 && !file.error);
    await until('HLS plays on', () => stream.currentTime > killedAt.stream + 60);
    return wholeFile;
  }, killedAt);
  assert.equal(
    whole,
    createHash('sha256')
      .update(await readFile(FILM))
      .digest('hex'),
  );
  const losses = await page.evaluate(() => losses);
  console.log(
    `✓ the server is killed: the file plays on to its last byte, HLS after ${losses} new ${losses === 1 ? 'start' : 'starts'}`,
  );
}

const hlsLibrary = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');
const leaks = [];
const readings = [];
const afterTheKill = /Failed to load resource: the server responded with a status of (404|50\d)/;

await inBrowser(
  GATEWAY,
  async (page) => {
    page.on('response', (response) => readings.push(scan(response)));
    await page.evaluate(await readFile(hlsLibrary, 'utf8'));
    await page.evaluate(equip);
    let film;
    for (let tries = 0; tries < 60 && film?.MediaSources.length !== 2; tries++) {
      [film] = await page.evaluate(() => find('sherlock'));
      await page.waitForTimeout(500);
    }
    assert.equal(film.MediaSources.length, 2, 'both servers hold it');

    await direct(page, film.Id, { ...DIRECT, ...VTT });
    await converted(page, film.Id, CONVERTED);
    await survive(page, film.Id, { direct: DIRECT, converted: CONVERTED });
    await Promise.all(readings);
    assert.deepEqual(leaks, [], 'no answer names a server');
  },
  afterTheKill,
);

/** Whether an answer names one of the servers behind. */
async function scan(response) {
  const type = response.headers()['content-type'] ?? '';
  const body = /json|mpegurl|text|vtt/i.test(type) ? await response.text().catch(() => '') : '';
  const said = JSON.stringify(response.headers()) + body;
  if (servers.some((server) => said.includes(new URL(server.url).host))) leaks.push(response.url());
}
