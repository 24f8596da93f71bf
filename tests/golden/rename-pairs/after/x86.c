static int vcpu_ioctl_set(struct vcpu *vcpu, struct regs *regs);
static void vcpu_ioctl_get(struct vcpu *vcpu, struct regs *regs,
			   int flags);

/* Uses vcpu_ioctl_get() and vcpu_ioctl_set(). */
int ioctl(struct vcpu *vcpu, struct regs *regs)
{
	vcpu_ioctl_get(vcpu, regs, vcpu_ioctl_set(vcpu,
						  regs));
	long_name_of_something(vcpu_ioctl_set(vcpu, regs), vcpu_ioctl_get,
			       vcpu);
	some_function_with_a_name(first_argument, second_argument, third, vcpu_ioctl_set(vcpu, regs));
	return vcpu_ioctl_set(vcpu,
			      regs) ||
	       vcpu_ioctl_set(vcpu,
		   regs);
}

static void vcpu_ioctl_get(struct vcpu *vcpu, struct regs *regs,
			   int flags)
{
}

static int vcpu_ioctl_set(struct vcpu *vcpu, struct regs *regs)
{
	return 0;
}
