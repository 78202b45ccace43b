use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::default()
}
