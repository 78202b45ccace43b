require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'https://app.example.com'
    resource '*', headers: :any, methods: :any, credentials: false
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
