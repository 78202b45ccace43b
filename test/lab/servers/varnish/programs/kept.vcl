vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_recv {
    unset req.http.X-Cors;
    if (req.http.Origin ~ "^https://app\.example\.com$") {
        set req.http.X-Cors = req.http.Origin;
    }
}

sub vcl_deliver {
    set resp.http.Access-Control-Allow-Origin = req.http.X-Cors;
    set resp.http.Vary = "Origin";
}
