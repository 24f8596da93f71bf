static int __set(struct vcpu *vcpu, struct regs *regs);
static void __get(struct vcpu *vcpu, struct regs *regs,
		  int flags);

/* Uses __get() and __set(). */
int ioctl(struct vcpu *vcpu, struct regs *regs)
{
	__get(vcpu, regs, __set(vcpu,
				regs));
	long_name_of_something(__set(vcpu, regs), __get,
			       vcpu);
	some_function_with_a_name(first_argument, second_argument, third, __set(vcpu, regs));
	return __set(vcpu,
		     regs) ||
	       __set(vcpu,
		   regs);
}

static void __get(struct vcpu *vcpu, struct regs *regs,
		  int flags)
{
}

static int __set(struct vcpu *vcpu, struct regs *regs)
{
	return 0;
}
