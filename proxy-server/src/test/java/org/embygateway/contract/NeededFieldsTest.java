package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededFieldsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET  | /system/info/public | {'Id':'a','ServerName':'n','LocalAddress':'l','WanAddress':'w'} | Version",
                "GET  | /Users/u/Items/Latest?Limit=3 | [{'Id':'1','ServerId':'s'},{'Id':'2'}] | [].ServerId",
                "GET  | /Users/u/Items?Limit=3 | {'Items':[{'Id':'1','ServerId':'s','Type':'BoxSet'}]} | TotalRecordCount",
                "GET  | /Users/u/Items?EnableTotalRecordCount=false | {'Items':[{'Id':'1','ServerId':'s','Type':'Movie','Name':'N'}]}"
                        + " | MediaType of \"N\"",
                "GET  | /Users/u/Items/1 | {'Id':'1','ServerId':'s','Type':'CollectionFolder','Name':'N'} | Subviews",
                "GET  | /Users/u/Items/1 | {'Id':'1','ServerId':'s','Type':'Movie','Name':'N','MediaType':'Video'} | DateCreated",
                "GET  | /Users/u/Items/1/Intros | {'TotalRecordCount':0} | Items",
                "POST | /Items/1/PlaybackInfo?UserId=u | {'PlaySessionId':'p','MediaSources':[{'Id':'m','Container':'mkv',"
                        + "'RunTimeTicks':1,'Protocol':'File','SupportsDirectStream':true,'MediaStreams':[{'Type':'Subtitle',"
                        + "'Index':2,'DeliveryMethod':'External'}]}]} | DeliveryUrl of subtitle 2",
            })
    void aFieldThatTheAppCannotDoWithoutIsMissed(String method, String target, String answer, String missing) {
        assertThat(NeededFields.missing(method, target, Answer.parsed(answer.replace('\'', '"'))))
                .containsExactly(missing);
    }
}
