require 'rack/cors'

use Rack::Cors do
  allow do
    origins { |source, _env| source.end_with?('example.com') }
    resource '*', headers: :any, methods: :any
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
