pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_any_origin().allow_methods(vec!["GET", "POST", "PUT"])
}
