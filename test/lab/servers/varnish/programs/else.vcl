vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_deliver {
    if (req.http.Origin == "https://app.example.com") {
        set resp.http.Access-Control-Allow-Origin = req.http.Origin;
    } elsif (req.http.Origin ~ "^http://localhost:[0-9]+$") {
        set resp.http.Access-Control-Allow-Origin = req.http.Origin;
    } else {
        set resp.http.Access-Control-Allow-Origin = "https://www.example.com";
    }
    set resp.http.Vary = "Origin";
}
