vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub cors {
    set resp.http.Access-Control-Allow-Origin = "*";
    unset resp.http.Access-Control-Allow-Credentials;
}

sub vcl_deliver {
    call cors;
}
