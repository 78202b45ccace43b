vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "3000";
}

sub vcl_recv {
    if (req.method == "OPTIONS") {
        return (synth(204, "No Content"));
    }
}

sub vcl_deliver {
    set resp.http.Access-Control-Allow-Origin = "https://app.example.com";
}

sub vcl_synth {
    if (resp.status == 204) {
        set resp.http.Access-Control-Allow-Origin = "https://app.example.com";
        set resp.http.Access-Control-Allow-Methods = "GET, POST, PUT, DELETE";
        set resp.http.Access-Control-Allow-Headers = "content-type, x-test";
        set resp.http.Access-Control-Max-Age = "600";
        return (deliver);
    }
}
