Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins(/shop\.example/)
    resource '/threads/*', headers: :any, methods: %i[get post], credentials: true
  end
end
