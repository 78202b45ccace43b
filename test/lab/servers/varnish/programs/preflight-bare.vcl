vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_recv {
    if (req.method == "OPTIONS") { return(synth(200)); }
}

sub vcl_deliver {
    set resp.http.Access-Control-Allow-Origin = "https://app.example.com";
    set resp.http.Access-Control-Allow-Headers = "content-type";
}
