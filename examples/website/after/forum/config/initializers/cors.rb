Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins(%r{\Ahttps://([a-z]+\.)?shop\.example\z})
    resource '/threads/*', headers: :any, methods: %i[get post], credentials: true
  end
end
