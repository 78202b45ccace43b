pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origin("https://app.example.com:8443").allow_methods(vec!["GET"]).expose_header("etag")
}
