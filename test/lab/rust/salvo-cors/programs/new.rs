use salvo::cors::Cors;

pub fn cors() -> Cors {
    Cors::new()
}
