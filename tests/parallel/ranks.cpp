// What only several ranks show; run under mpirun.
#define CATCH_CONFIG_RUNNER
#include <stdexcept>

#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

// rank values on each rank: none on the root.
std::vector<double> own_values(int rank) {
  std::vector<double> values;
  for (int i = 0; i < rank; ++i) values.push_back(100.0 * rank + i);
  return values;
}

}  // namespace

TEST_CASE("gathered and scattered values") {
  const Communicator world = Communicator::world();
  const std::vector<double> own = own_values(world.rank());
  const std::vector<double> all = world.gather(own);
  std::vector<double> expected;
  for (int rank = 0; world.is_root() && rank < world.size(); ++rank) {
    const std::vector<double> values = own_values(rank);
    expected.insert(expected.end(), values.begin(), values.end());
  }
  CHECK(all == expected);
  CHECK(world.scatter(all, own.size()) == own);
  // Shared out otherwise: the last rank gets everything.
  const auto total = static_cast<std::size_t>(world.size() * (world.size() - 1) / 2);
  const bool last = world.rank() == world.size() - 1;
  const std::vector<double> share = world.scatter(all, last ? total : 0);
  CHECK(share.size() == (last ? total : 0));
  if (last && world.rank() > 0) CHECK(share.back() == own.back());
  CHECK_THROWS_AS(world.scatter(all, own.size() + 1), std::length_error);
}

TEST_CASE("values of the root on every rank") {
  const Communicator world = Communicator::world();
  std::vector<double> values;
  if (world.is_root()) values = {1.0, 2.0, 3.0};
  world.broadcast(values);
  CHECK(values == std::vector<double>{1.0, 2.0, 3.0});
  struct Numbers {
    int count;
    double value;
  };
  Numbers numbers = world.is_root() ? Numbers{7, 0.5} : Numbers{0, 0.0};
  world.broadcast_value(numbers);
  CHECK(numbers.count == 7);
  CHECK(numbers.value == 0.5);
}

int main(int argc, char** argv) {
  const MpiSession session(argc, argv);
  return Catch::Session().run(argc, argv);
}
