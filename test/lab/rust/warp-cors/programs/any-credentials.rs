pub fn cors() -> warp::filters::cors::Builder {
    warp::cors()
        .allow_any_origin()
        .allow_credentials(true)
        .allow_methods(["GET", "DELETE"])
        .allow_headers(["content-type", "x-test"])
}
