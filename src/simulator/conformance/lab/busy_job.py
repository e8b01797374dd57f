"""A job that keeps CPUs of its virtual cluster busy until a file appears: busy_job.py FILE CPUS"""

import os
import sys
import time

import ray

finish_file, cpus = sys.argv[1], int(sys.argv[2])
ray.init()


@ray.remote(num_cpus=cpus)
def hold():
    while not os.path.exists(finish_file):
        time.sleep(0.2)


ray.get(hold.remote())
