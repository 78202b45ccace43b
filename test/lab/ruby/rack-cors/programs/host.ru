require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'app.example.com'
    resource '*', headers: :any, methods: :any
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
