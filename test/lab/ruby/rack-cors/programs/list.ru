require 'rack/cors'

use Rack::Cors do
  allow do
    origins %w[https://app.example.com https://admin.example.com]
    resource '*', headers: :any, methods: :any
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
