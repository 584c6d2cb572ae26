# What a client does, by hand. Needs GATEWAY, and ALPHA and BETA to look behind it.

# Sign in: every Emby client says who it is.
curl -s "$GATEWAY/emby/Users/AuthenticateByName" -H 'Content-Type: application/json' \
  -H 'X-Emby-Client: curl' -H 'X-Emby-Client-Version: 1' -H 'X-Emby-Device-Name: terminal' -H 'X-Emby-Device-Id: terminal-1' \
  -d '{"Username":"demo","Pw":"demo"}' >signed-in.json
TOKEN=$(sed 's/.*"AccessToken":"\([^"]*\)".*/\1/' signed-in.json)
USER_ID=$(sed 's/.*"User":{[^}]*"Id":"\([^"]*\)".*/\1/' signed-in.json)

# Search: one title, although both servers hold it.
curl -s "$GATEWAY/emby/Users/$USER_ID/Items?SearchTerm=sherlock&Recursive=true&IncludeItemTypes=Movie&X-Emby-Token=$TOKEN" >found.json
ITEM=$(sed 's/.*"Items":\[{[^}]*"Id":"\([^"]*\)".*/\1/' found.json)

# Play: the versions of both servers, and the first bytes of the best.
curl -s "$GATEWAY/emby/Items/$ITEM/PlaybackInfo?UserId=$USER_ID&X-Emby-Token=$TOKEN" -H 'Content-Type: application/json' -d '{}' >playback.json
SOURCE=$(sed 's/.*"MediaSources":\[{[^}]*"Id":"\([^"]*\)".*/\1/' playback.json)
SESSION=$(sed 's/.*"PlaySessionId":"\([^"]*\)".*/\1/' playback.json)
curl -s -o first-bytes -r 0-1023 -w '%{http_code} %{size_download} bytes\n' \
  "$GATEWAY/emby/Videos/$ITEM/stream.mp4?Static=true&MediaSourceId=$SOURCE&PlaySessionId=$SESSION&X-Emby-Token=$TOKEN"

# Report: one minute is watched (a tick is 100 ns).
for STEP in "" /Progress /Stopped; do
  curl -s -o /dev/null -w "Playing$STEP %{http_code}\n" "$GATEWAY/emby/Sessions/Playing$STEP?X-Emby-Token=$TOKEN" \
    -H 'Content-Type: application/json' \
    -d "{\"ItemId\":\"$ITEM\",\"MediaSourceId\":\"$SOURCE\",\"PlaySessionId\":\"$SESSION\",\"PositionTicks\":600000000,\"IsPaused\":false}"
done

# Look behind: both servers know.
curl -s "$ALPHA/__state"
curl -s "$BETA/__state"
