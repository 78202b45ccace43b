require 'rack'

class App
  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    unless origin.nil?
      response.set_header('Access-Control-Allow-Origin', origin)
    end
    response.finish
  end
end

run App.new
