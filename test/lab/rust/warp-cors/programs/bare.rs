pub fn cors() -> warp::filters::cors::Builder {
    warp::cors()
}
