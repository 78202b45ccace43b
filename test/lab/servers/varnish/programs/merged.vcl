vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_deliver {
    if (req.http.Origin == "https://app.example.com") {
        set resp.http.Access-Control-Allow-Origin = req.http.Origin;
    }
    set resp.http.Vary = "Accept-Encoding";
    set resp.http.Vary = resp.http.Vary + ", Origin";
}
