require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'https://app.example.com'
    resource '*', headers: :any, methods: %i[get put], credentials: true
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
