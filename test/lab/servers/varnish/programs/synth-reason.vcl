vcl 4.1;
import std;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_recv {
    if (req.method == "OPTIONS") {
        return (synth(200, "preflight"));
    }
}
sub vcl_synth {
    if (resp.reason == "preflight") {
        set resp.http.Access-Control-Allow-Origin = "*";
        set resp.http.Access-Control-Allow-Methods = "GET, POST, PUT";
        set resp.http.Access-Control-Allow-Headers = "content-type, x-test";
        return (deliver);
    }
}
sub vcl_deliver {
    set resp.http.Access-Control-Allow-Origin = "*";
}
