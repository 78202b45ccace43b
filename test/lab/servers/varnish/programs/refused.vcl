vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_recv {
    if (req.http.Origin && req.http.Origin != "https://app.example.com") {
        return (synth(403, "Forbidden"));
    }
}

sub vcl_deliver {
    set resp.http.Access-Control-Allow-Origin = req.http.Origin;
    set resp.http.Vary = "Origin";
}
