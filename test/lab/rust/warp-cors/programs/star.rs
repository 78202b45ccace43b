pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origin("*").allow_methods(vec!["GET"])
}
