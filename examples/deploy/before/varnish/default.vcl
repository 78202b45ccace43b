vcl 4.1;

backend default {
    .host = "api";
    .port = "3000";
}

sub vcl_deliver {
    if (req.http.Origin ~ "^https://(www|m)\.shop\.example") {
        set resp.http.Access-Control-Allow-Origin = req.http.Origin;
        set resp.http.Access-Control-Allow-Credentials = "true";
    }
    set resp.http.Vary = "Origin";
}
