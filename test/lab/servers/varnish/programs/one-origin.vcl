vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_deliver {
    set resp.http.access-control-allow-origin = "https://app.example.com";
    set resp.http.access-control-expose-headers = "X-Cache";
}
