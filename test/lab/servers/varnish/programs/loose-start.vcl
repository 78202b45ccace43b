vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_deliver {
    # no end
    if (req.http.origin ~ "(?i)^https?://(app|admin)\.example\.com") {
        set resp.http.Access-Control-Allow-Origin = req.http.origin;
    }
    set resp.http.Vary = "Origin";
}
