use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new().allow_origin("*")
}
