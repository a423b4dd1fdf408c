// What a communicator holds; for the sources of this room only.
#pragma once

#include <mpi.h>

#include "parallel/communicator.hpp"

namespace markhor {

struct Communicator::Handle {
  MPI_Comm comm = MPI_COMM_NULL;
};

}  // namespace markhor
